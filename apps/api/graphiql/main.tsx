/** The GraphiQL page: everything it needs is bundled, so it works without any other host. */
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetcher } from './fetcher.ts';

const welcome = `# The runs that were stored last, with the largest eigenvalue along each.
{
  runs(first: 10) {
    nodes {
      name
      status
      architecture
      trajectory {
        step
        lambdaMax
      }
    }
  }
}
`;

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
createRoot(root).render(<GraphiQL fetcher={fetcher} defaultQuery={welcome} defaultEditorToolsVisibility="variables" />);
