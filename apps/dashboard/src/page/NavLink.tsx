'use client';
/** A navigation link, highlighted on its page. */
import type { ReactNode } from 'react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

export interface NavLinkProps {
  readonly href: string;
  /** Also matches the paths below this one. */
  readonly also?: string;
  readonly children: ReactNode;
}

export function NavLink({ href, also, children }: NavLinkProps) {
  const path = usePathname();
  const here = path === href || (also !== undefined && path.startsWith(also));
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className="flex items-center border-b-2 border-transparent px-0.5 text-muted sm:px-2.5 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
    >
      {children}
    </Link>
  );
}
