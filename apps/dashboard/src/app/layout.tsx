/** The frame of every page. */
import type { ReactNode } from 'react';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Providers } from '../page/Providers.tsx';
import { SiteHeader } from '../page/SiteHeader.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Ritz', template: '%s · Ritz' },
  description: 'Hessian spectra of neural networks during training.',
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="min-h-dvh antialiased">
        <Providers nonce={nonce}>
          <a
            href="#content"
            className="absolute -top-12 left-2 z-20 rounded bg-accent px-3 py-2 text-on-accent focus:top-2"
          >
            Skip to the content
          </a>
          <SiteHeader />
          <main id="content" className="mx-auto max-w-[2200px] px-4 pt-5 pb-16 sm:px-6">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}
