/** Signing in with a token: sent once, and kept as a cookie that no script can read. */

/** Throws with what to do about it. */
export async function signIn(token: string): Promise<void> {
  const answer = await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.ok) return;
  if (answer.status === 401)
    throw new Error('This token is not known, was revoked, or has expired. Check that all of it was pasted.');
  if (answer.status === 429) throw new Error('Too many attempts. Wait a minute, then try again.');
  throw new Error(`Signing in failed: the API answered HTTP ${String(answer.status)}.`);
}
