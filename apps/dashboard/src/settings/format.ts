/** Formats sizes and times. */
import { formatNumber } from '@ritz/charts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units: 14 kB is 14,000 bytes. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** power, 3)} ${units[power] ?? 'B'}`;
}

const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** In UTC; a dash for never. */
export function formatTime(iso: string | null): string {
  return iso === null ? '–' : moment.format(new Date(iso));
}
