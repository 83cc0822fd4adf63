/** Placeholder of a loading page. */

export function Skeleton({ label }: { readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="animate-pulse space-y-4">
      <div className="h-8 w-64 rounded bg-sunken" />
      <div className="h-5 w-full max-w-xl rounded bg-sunken" />
      <div className="panel h-96" />
    </div>
  );
}
