/** The pages of the dashboard, each with the element that shows that it is drawn. */

export interface MeasuredPage {
  readonly name: string;
  readonly path: string;
  /** CSS. */
  readonly drawn: string;
}

const curve = 'main path.recharts-line-curve';

export interface StoredRuns {
  /** Of the table, 50 or more. */
  readonly ids: readonly string[];
  /** One of very many spectra. */
  readonly longId: string;
}

export function pagesOf({ ids, longId }: StoredRuns): readonly MeasuredPage[] {
  return [
    { name: 'Runs', path: '/runs', drawn: 'main svg[aria-label="largest eigenvalue"] path' },
    { name: 'Runs in groups', path: '/runs?group=ARCHITECTURE,SCHEDULE', drawn: 'main button[aria-expanded]' },
    { name: 'Lately', path: '/', drawn: 'main svg[aria-label^="density"] path' },
    { name: 'Run', path: `/runs/${ids[0] ?? ''}`, drawn: curve },
    { name: 'Compare, 4 runs', path: `/compare?runs=${ids.slice(0, 4).join(',')}`, drawn: curve },
    { name: 'Compare, 50 runs', path: `/compare?runs=${ids.slice(0, 50).join(',')}`, drawn: curve },
    { name: 'Evolution of 2,000 spectra', path: `/runs/${longId}`, drawn: 'main image' },
    { name: 'Findings, 4 runs', path: `/findings?runs=${ids.slice(0, 4).join(',')}`, drawn: curve },
    { name: 'Query', path: '/query', drawn: 'main textarea' },
    { name: 'Settings', path: '/settings', drawn: 'main [aria-label="Tables"] table' },
  ];
}
