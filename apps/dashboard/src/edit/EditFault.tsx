/** The API's message for a rejected change. */

export function EditFault({ error }: { readonly error: Error | null }) {
  return (
    error && (
      <p role="alert" className="mt-1.5 max-w-[70ch] text-[13px] break-words text-bad">
        {error.message}
      </p>
    )
  );
}
