/** Signing in with a token, and out: the API sets the cookie. */
import { forward } from '../../../server/forward.ts';

export const dynamic = 'force-dynamic';

const session = (request: Request): Promise<Response> => forward(request, '/session');

export const GET = session;
export const POST = session;
export const DELETE = session;
