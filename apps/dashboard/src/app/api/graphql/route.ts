/** The browser's way to the API: same origin, forwarded to RITZ_API_URL. */
import { forward } from '../../../server/forward.ts';

export const dynamic = 'force-dynamic';

export const POST = (request: Request): Promise<Response> => forward(request, '/graphql');
