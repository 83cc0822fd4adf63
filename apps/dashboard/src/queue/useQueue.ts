'use client';
/** The queue, polled every few seconds, and the actions on its jobs. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  CancelSpectrumJobDocument,
  QueueDocument,
  RetrySpectrumJobDocument,
  type JobStatus,
  type QueueQuery,
} from '@ritz/client';
import { request } from '../data/useApi.ts';

export type QueueJob = QueueQuery['spectrumJobs']['nodes'][number];
export type QueueWorker = QueueQuery['workers'][number];

export interface QueueState {
  readonly queue: QueueQuery;
  readonly error: Error | null;
  readonly retry: () => void;
}

const liveEvery = 2000;

/** `initial` is the server-rendered first page of all jobs, newest first. */
export function useQueue(initial: QueueQuery, status: JobStatus | null, after: string | null): QueueState {
  const isFirst = status === null && after === null;
  const { data, error, refetch } = useQuery({
    queryKey: ['queue', status, after],
    queryFn: ({ signal }) => request(QueueDocument, { status, after }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: liveEvery,
    ...(isFirst ? { initialData: initial } : {}),
  });
  return { queue: data ?? initial, error, retry: () => void refetch() };
}

export interface JobChanges {
  readonly change: (id: string, what: 'cancel' | 'retry') => void;
  readonly busy: boolean;
  readonly error: Error | null;
}

export function useJobChanges(): JobChanges {
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ id, what }: { readonly id: string; readonly what: 'cancel' | 'retry' }) => {
      const input = { id };
      const { userErrors } =
        what === 'cancel'
          ? (await request(CancelSpectrumJobDocument, { input })).cancelSpectrumJob
          : (await request(RetrySpectrumJobDocument, { input })).retrySpectrumJob;
      const [fault] = userErrors;
      if (fault) throw new Error(fault.message);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['queue'] }),
  });
  return { change: (id, what) => mutate({ id, what }), busy: isPending, error };
}
