/** The single-user default, and how to leave it. */

const CODE = 'rounded bg-page px-1.5 font-mono text-[12.5px] text-ink';

export function NoTokens() {
  return (
    <div className="max-w-[90ch] space-y-2 rounded bg-sunken px-4 py-3 text-[13px]">
      <p>
        <strong className="font-semibold">Tokens are off.</strong> This Ritz answers to its own machine only, and
        whoever uses that machine may do everything. To share it:
      </p>
      <ol className="list-decimal space-y-1 pl-5">
        <li>
          Make the first token below, or with <code className={CODE}>ritz token create --name you --scope admin</code>.
          From then on everybody is asked for one, on this machine too; here you stay signed in.
        </li>
        <li>
          Start it again with <code className={CODE}>RITZ_HOST=0.0.0.0</code>, behind a proxy that speaks TLS. Without a
          token this is refused.
        </li>
      </ol>
    </div>
  );
}
