/** Subscriptions, as server-sent events. */
import { forward } from '../../../server/forward.ts';

export const dynamic = 'force-dynamic';

export const POST = (request: Request): Promise<Response> => forward(request, '/graphql/stream');
