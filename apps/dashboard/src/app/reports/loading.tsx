import { Skeleton } from '../../page/Skeleton.tsx';

export default function Loading() {
  return <Skeleton label="Loading page" />;
}
