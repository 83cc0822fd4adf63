'use client';
/** See PopupButton. */
import { Popover } from 'radix-ui';
import type { PopupButtonProps } from './PopupButton.tsx';

export function Popup({ label, content, children }: PopupButtonProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger className="control">{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={label}
          className="menu max-h-[min(70vh,32rem)] w-[min(22rem,calc(100vw-24px))] overflow-y-auto p-3 text-[13px]"
        >
          {content}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
