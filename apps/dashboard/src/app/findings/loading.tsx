import { FindingsHeader } from '../../findings/FindingsHeader.tsx';
import { Waiting } from '../../figure/FigureState.tsx';

export default function Loading() {
  return (
    <>
      <FindingsHeader />
      <Waiting height={480} />
    </>
  );
}
