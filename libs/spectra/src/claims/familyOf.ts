/** What runs are grouped by before their pairs are formed. */

/** A value of the free-form settings of a run, as JSON, and where it stands. */
export interface RunSetting {
  readonly path: readonly string[];
  readonly value: string;
}

export interface NamedRun {
  readonly architecture: string;
  readonly dataset: string;
  readonly settings: readonly RunSetting[];
}

/** Settings of the architecture that claims compare, so that a family holds all their values. */
const compared: ReadonlySet<string> = new Set(['batchNorm', 'residual']);

/**
 * Net and data in words, apart from batch norm and skips: from the settings that training with Ritz records; else by the names that the
 * run gives, which are then the same for all members of a family.
 */
export function familyOf({ architecture, dataset, settings }: NamedRun): string {
  const of = (group: string): string[] =>
    settings
      .flatMap(({ path: [first, key, ...deeper], value }) =>
        first === group && key !== undefined && deeper.length === 0 && !compared.has(key) ? [{ key, value }] : [],
      )
      .sort((a, b) => Number(b.key === 'kind') - Number(a.key === 'kind') || a.key.localeCompare(b.key))
      .map(({ key, value }) => {
        const text = JSON.stringify(JSON.parse(value)).replaceAll('"', '');
        return key === 'kind' ? text : `${key} ${text}`;
      });
  const described = (group: string, name: string): string => {
    const found = of(group);
    return found.some((text) => !text.includes(' ')) ? found.join(' ') : name;
  };
  return `${described('architecture', architecture)}, ${described('data', dataset)}`;
}
