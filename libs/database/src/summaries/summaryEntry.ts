/** The place of a statistic in the arrays of a stored summary. */
import { summaryKeys } from '@ritz/spectra';
import { sql, type SQL } from 'drizzle-orm';

/**
 * A subscript, to be written behind the array.
 * @param key one of `summaryKeys`
 */
export function summaryEntry(key: string): SQL {
  const place = summaryKeys.indexOf(key);
  if (place < 0) throw new Error(`No summary has ${key}.`);
  return sql.raw(`[${String(place + 1)}]`);
}
