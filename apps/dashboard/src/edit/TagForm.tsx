'use client';
/** A field for one tag with its actions; cleared on success. */
import { useState } from 'react';
import { Plus } from 'lucide-react';

export interface TagFormProps {
  /** The name of the field. */
  readonly label: string;
  readonly placeholder: string;
  readonly busy: boolean;
  /** Resolves to whether it succeeded. The tag is non-empty. */
  readonly onAdd: (tag: string) => Promise<boolean>;
  /** Optional second action. */
  readonly onRemove?: (tag: string) => Promise<boolean>;
}

export function TagForm({ label, placeholder, busy, onAdd, onRemove }: TagFormProps) {
  const [text, setText] = useState('');
  const tag = text.trim();
  const disabled = busy || tag === '';
  const attempt = (change: (tag: string) => Promise<boolean>): void => {
    if (disabled) return;
    void change(tag).then((done) => {
      if (done) setText('');
    });
  };
  return (
    <form
      className="flex"
      onSubmit={(event) => {
        event.preventDefault();
        attempt(onAdd);
      }}
    >
      <input
        aria-label={label}
        placeholder={placeholder}
        className="field w-28 rounded-r-none!"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
        }}
      />
      {onRemove ? (
        <>
          <button type="submit" className="control -ml-px rounded-none!" disabled={disabled}>
            Add
          </button>
          <button
            type="button"
            className="control -ml-px rounded-l-none!"
            disabled={disabled}
            onClick={() => {
              attempt(onRemove);
            }}
          >
            Remove
          </button>
        </>
      ) : (
        <button
          type="submit"
          className="control -ml-px w-8 justify-center rounded-l-none! px-0!"
          aria-label="Add the tag"
          disabled={disabled}
        >
          <Plus className="size-4" aria-hidden />
        </button>
      )}
    </form>
  );
}
