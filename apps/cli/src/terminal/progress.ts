/** A progress line with the time left: a live bar on a terminal, a plain line every few seconds elsewhere. */
import cliProgress from 'cli-progress';

export interface Progress {
  /** Sets the work done so far (same unit as the total) and what is happening now. */
  update(done: number, activity: string): void;
  /** Seconds that a unit of work is expected to take, until the rate of the work itself is known. */
  expect(seconds: number): void;
  /** Ends the line; the bar stays on screen as it was. */
  stop(): void;
}

type ShownProgress = Omit<Progress, 'expect'>;

/** The first line comes sooner: whoever waits wants to know how long. */
const firstPlainLineAfterMs = 2_000;
const plainLineEveryMs = 5_000;

/** Formats a duration as seconds, minutes and seconds, hours and minutes, or days and hours. */
export function durationText(value: number): string {
  const s = Math.max(0, Math.round(value));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  const minutes = Math.round(s / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(s / 3600);
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

/** Starts a progress line for `total` units of work of about equal duration. */
export function startProgress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  // Counts from the first report: what precedes it, such as compiling, says nothing about the remaining rate.
  let first: { readonly at: number; readonly done: number } | undefined;
  let expected: number | undefined;
  const timeLeft = (done: number): string => {
    const at = performance.now() / 1000;
    first ??= { at, done };
    const rate = (done - first.done) / (at - first.at);
    if (rate > 0 && at - first.at > 1) return `${durationText((total - done) / rate)} left`;
    return expected === undefined ? 'estimating' : `about ${durationText((total - done) * expected)} left`;
  };
  const expect = (seconds: number): void => {
    expected = seconds;
    // The rate counts from here on.
    first = undefined;
  };
  return { expect, ...(stream.isTTY ? liveBar : plainLines)(label, total, timeLeft, stream) };
}

function liveBar(
  label: string,
  total: number,
  timeLeft: (done: number) => string,
  stream: NodeJS.WriteStream,
): ShownProgress {
  const bar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage}% · {left} · {activity}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    gracefulExit: false,
    stream,
  });
  bar.start(total, 0, { left: 'estimating', activity: '' });
  return {
    update: (done, activity) => bar.update(Math.min(done, total), { left: timeLeft(done), activity }),
    stop: () => bar.stop(),
  };
}

function plainLines(
  label: string,
  total: number,
  timeLeft: (done: number) => string,
  stream: NodeJS.WriteStream,
): ShownProgress {
  let last = performance.now() + firstPlainLineAfterMs - plainLineEveryMs;
  let current = '';
  const print = (done: number, activity: string): void => {
    const line = `${label} ${Math.floor((100 * done) / total)}% · ${timeLeft(done)} · ${activity}\n`;
    if (line !== current) stream.write(line);
    current = line;
    last = performance.now();
  };
  return {
    update: (done, activity) => {
      if (performance.now() - last >= plainLineEveryMs || done >= total) print(Math.min(done, total), activity);
    },
    stop: () => undefined,
  };
}
