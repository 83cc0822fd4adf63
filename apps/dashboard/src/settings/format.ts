/** Formats sizes and times. */
import { formatNumber } from '@ritz/charts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units: 14 kB is 14,000 bytes. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** power, 3)} ${UNITS[power] ?? 'B'}`;
}

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** In UTC; a dash for never. */
export function formatTime(iso: string | null): string {
  return iso === null ? '–' : MOMENT.format(new Date(iso));
}
