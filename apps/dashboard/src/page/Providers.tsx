'use client';
/** Providers around every page: theme, query cache, URL state. */
import { useState, type ReactNode } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';

/** Measurements are immutable; live runs are refetched explicitly. */
const staleAfter = 30_000;

export interface ProvidersProps {
  readonly children: ReactNode;
  /** Marks the script and the styles that the page may run beside those of Next.js. */
  readonly nonce: string;
}

export function Providers({ children, nonce }: ProvidersProps) {
  // That of the document: a page that is fetched later brings a number that the browser does not know.
  const [known] = useState(nonce);
  // Dialogs and menus hold the page still by styles that they add as they open.
  setNonce(known);
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: staleAfter, retry: 1, refetchOnWindowFocus: false, networkMode: 'always' },
        },
      }),
  );
  return (
    <ThemeProvider nonce={known} attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={queries}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
