import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useRow } from '../rest/lists.ts';
import { ListTroubled, ListWaiting } from './states.tsx';

interface RowDrawerProps<T> {
  noun: string;
  /** Open while there is one. */
  id: string | undefined;
  title: (row: T | undefined) => string;
  width: number;
  onClose: () => void;
  children: (row: T) => ReactNode;
}

/** One row of a list with all that belongs to it, at the side. */
export function RowDrawer<T>({ noun, id, title, width, onClose, children }: RowDrawerProps<T>) {
  const { data, isPending, error, refetch } = useRow<T>(noun, id);
  const name = title(data);
  return (
    <Drawer open={id !== undefined} onClose={onClose} title={name} size={width} destroyOnHidden>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. On its way out it names no part of the page. */}
      <section className="drawer-body" tabIndex={0} aria-label={id ? name : undefined}>
        {isPending && id ? <ListWaiting rows={4} /> : null}
        {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
        {data ? children(data) : null}
      </section>
    </Drawer>
  );
}
