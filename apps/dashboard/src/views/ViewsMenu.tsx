'use client';
/** Views of this page that were saved under a name, and a field to save what is shown now. */
import { Bookmark } from 'lucide-react';
import { PopupButton } from '../page/PopupButton.tsx';
import { ViewsList } from './ViewsList.tsx';

export function ViewsMenu() {
  return (
    <PopupButton label="Saved views" content={<ViewsList />}>
      <Bookmark className="size-3.5" aria-hidden />
      Views
    </PopupButton>
  );
}
