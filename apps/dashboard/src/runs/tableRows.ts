/** What the table of runs shows, row by row: runs, and where they are grouped the heads of the groups. */
import type { ListedRun } from './useRuns.ts';
import type { GroupMeans } from './useGroupedRuns.ts';
import type { RunGroup } from './groups.ts';

export type TableRow =
  | { readonly kind: 'run'; readonly run: ListedRun }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly group: RunGroup;
      /** Of its spectra; undefined until they are computed. */
      readonly means: GroupMeans | undefined;
      readonly open: boolean;
      readonly onToggle: () => void;
    }
  /** More runs of the group above than are loaded. */
  | {
      readonly kind: 'more';
      readonly id: string;
      readonly shown: number;
      readonly total: number;
      /** Null while they are on their way. */
      readonly onMore: (() => void) | null;
    };
