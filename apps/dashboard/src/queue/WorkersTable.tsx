/** The workers: engine, active parts, last heartbeat. */
import { formatNumber } from '@ritz/charts';
import type { QueueWorker } from './useQueue.ts';

function lastHeard({ alive, stoppedAt, heartbeatAt }: QueueWorker): string {
  const time = new Date(stoppedAt ?? heartbeatAt).toLocaleTimeString();
  if (stoppedAt !== null) return `stopped at ${time}`;
  return alive ? `seen at ${time}` : `silent since ${time}`;
}

export function WorkersTable({ workers }: { readonly workers: readonly QueueWorker[] }) {
  if (workers.length === 0) {
    return (
      <p className="panel px-5 py-6 text-muted">
        No workers in the last 24 hours. Start one with <code className="code">ritz worker</code>.
      </p>
    );
  }
  return (
    <div className="panel overflow-x-auto">
      <table className="number w-full text-left text-[13px]">
        <thead className="text-muted">
          <tr>
            <th className="px-4 py-2 font-medium">Worker</th>
            <th className="px-4 py-2 font-medium">Engine</th>
            <th className="px-4 py-2 text-right font-medium">Active parts</th>
            <th className="px-4 py-2 font-medium">Heartbeat</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {workers.map((worker) => (
            <tr key={worker.id} className={worker.alive ? '' : 'text-muted'}>
              <td className="px-4 py-2">
                <span
                  className={`mr-2 inline-block size-2 rounded-full ${worker.alive ? 'bg-good' : 'bg-line'}`}
                  aria-hidden
                />
                {worker.name}
              </td>
              <td className="px-4 py-2">{worker.computedBy.name}</td>
              <td className="px-4 py-2 text-right">
                {formatNumber(worker.running)} of {formatNumber(worker.concurrency)}
              </td>
              <td className="px-4 py-2">{lastHeard(worker)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
