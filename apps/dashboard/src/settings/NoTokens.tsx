/** Explains the single-user default and how to share the server. */

const codeClass = 'rounded bg-page px-1.5 font-mono text-[12.5px] text-ink';

export function NoTokens() {
  return (
    <div className="max-w-[90ch] space-y-2 rounded bg-sunken px-4 py-3 text-[13px]">
      <p>
        <strong className="font-semibold">Tokens are off.</strong> This server listens only on its own machine, and
        everyone on that machine has full access. To share it:
      </p>
      <ol className="list-decimal space-y-1 pl-5">
        <li>
          Create the first token on the machine of the API:{' '}
          <code className={codeClass}>ritz token create --name you --scope admin</code>. From then on everybody is asked
          for a token, on this machine too. It cannot be created here: any page open in your browser could do the same.
        </li>
        <li>
          Restart it with <code className={codeClass}>RITZ_HOST=0.0.0.0</code>, behind a TLS proxy. Without a token,
          Ritz refuses to start this way.
        </li>
      </ol>
    </div>
  );
}
