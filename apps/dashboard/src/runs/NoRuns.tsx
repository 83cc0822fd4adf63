/** Empty state: how to record the first run. */
import { Notice } from '../page/Notice.tsx';
import { pytorchExample } from './pytorchExample.ts';

export function NoRuns() {
  return (
    <Notice title="No runs yet">
      <p>
        A run is one training of a network with the Hessian spectra measured during it. To see a real one in about three
        minutes, run this in the Ritz folder:
      </p>
      <p>
        <code>npm run demo</code>
      </p>
      <p>It trains a small network on MNIST under two learning-rate schedules and stores the results here.</p>
      <p>
        I have a PyTorch model: run <code>pip install ./libs/client-python</code> in the Ritz folder, then measure it
        where it is:
      </p>
      <pre className="overflow-x-auto text-left text-xs">
        <code>{pytorchExample}</code>
      </pre>
    </Notice>
  );
}
