/** The pages of the dashboard, each with the element that shows that it is drawn. */

export interface MeasuredPage {
  readonly name: string;
  readonly path: string;
  /** CSS. */
  readonly drawn: string;
}

const curve = 'main path.recharts-line-curve';

/** @param ids runs that are stored */
export function pagesOf(ids: readonly string[]): readonly MeasuredPage[] {
  return [
    { name: 'Runs', path: '/', drawn: 'main svg[aria-label="largest eigenvalue"] path' },
    { name: 'Runs in groups', path: '/?group=ARCHITECTURE,SCHEDULE', drawn: 'main button[aria-expanded]' },
    { name: 'Run', path: `/runs/${ids[0] ?? ''}`, drawn: curve },
    { name: 'Compare, 4 runs', path: `/compare?runs=${ids.slice(0, 4).join(',')}`, drawn: curve },
    { name: 'Findings, 4 runs', path: `/findings?runs=${ids.slice(0, 4).join(',')}`, drawn: curve },
    { name: 'Query', path: '/query', drawn: 'main textarea' },
    { name: 'Settings', path: '/settings', drawn: 'main [aria-label="Tables"] table' },
  ];
}
