/**
 * The id of a job: the UUID that its client made, behind `job_`. The spectrum is recorded under the UUID itself, and no two
 * things of different types may share an id, which caches of clients key by.
 */
const prefix = 'job_';

export function jobId(uuid: string): string {
  return `${prefix}${uuid}`;
}

/** The UUID of a job id; a bare UUID, which ids were before, stays as it is. */
export function jobUuid(id: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}
