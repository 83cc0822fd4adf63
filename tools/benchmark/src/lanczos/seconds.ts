/** Time by the clock, and of this process on its cores: others' work on the machine does not count there. */
export interface Seconds {
  readonly clock: number;
  /** Of all threads, system calls included. */
  readonly cpu: number;
}

/** Since some moment in the past. */
export function secondsNow(): Seconds {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now() / 1000, cpu: (user + system) / 1e6 };
}

export function minus(a: Seconds, b: Seconds): Seconds {
  return { clock: a.clock - b.clock, cpu: a.cpu - b.cpu };
}

export function plus(a: Seconds, b: Seconds): Seconds {
  return { clock: a.clock + b.clock, cpu: a.cpu + b.cpu };
}

/** What `body` takes. */
export function timed(body: () => void): Seconds {
  const started = secondsNow();
  body();
  return minus(secondsNow(), started);
}
