import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  /** The control, with the id that ties it to its label. */
  children: (id: string) => ReactNode;
}

/** A control with its name above it. */
export function Field({ label, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
