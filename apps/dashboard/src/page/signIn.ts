/** Signs in with a token, sent once and kept as an httpOnly cookie. */

/** Throws an Error that says what to do. */
export async function signIn(token: string): Promise<void> {
  const answer = await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.ok) return;
  if (answer.status === 401)
    throw new Error('This token is unknown, revoked or expired. Check that it was pasted completely.');
  if (answer.status === 429) throw new Error('Too many attempts. Wait a minute, then try again.');
  throw new Error(`Sign-in failed: the API returned HTTP ${String(answer.status)}.`);
}
