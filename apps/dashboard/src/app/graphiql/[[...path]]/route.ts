/** The API's own GraphiQL page, on this origin. */
import { forward } from '../../../server/forward.ts';

export const dynamic = 'force-dynamic';

export interface Context {
  readonly params: Promise<{ readonly path?: readonly string[] }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { path = [] } = await params;
  return forward(request, `/graphiql/${path.map(encodeURIComponent).join('/')}`);
}
