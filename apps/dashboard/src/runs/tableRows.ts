/** Rows of the runs table: runs, and group headers where grouped. */
import type { RunGroupMeansQuery } from '@ritz/client';
import type { ListedRun } from './useRuns.ts';
import type { RunGroup } from './groups.ts';

type GroupMeans = RunGroupMeansQuery['runGroups'][number];

export type TableRow =
  | { readonly kind: 'run'; readonly run: ListedRun }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly label: string;
      readonly group: RunGroup;
      /** Means over its spectra; undefined until loaded. */
      readonly means: GroupMeans | undefined;
      readonly open: boolean;
      readonly onToggle: () => void;
    }
  /** The group above has more runs than are loaded. */
  | {
      readonly kind: 'more';
      readonly id: string;
      readonly shown: number;
      readonly total: number;
      /** Null while loading. */
      readonly onMore: (() => void) | null;
    };
