/** The database is empty: how the first run gets in. */
import { Notice } from '../page/Notice.tsx';

export function NoRuns() {
  return (
    <Notice title="No run is stored yet">
      <p>
        A run is one training of a network with the Hessian spectra measured along it. To see a real one in about three
        minutes, run this in the folder of Ritz:
      </p>
      <p>
        <code>npm run demo</code>
      </p>
      <p>It trains a small net on MNIST twice, with two learning-rate schedules, and stores what it measures here.</p>
    </Notice>
  );
}
