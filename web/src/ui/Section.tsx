import { type ReactNode, useId } from 'react';
import css from './Section.module.css';

export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: ReactNode;
  /** Small buttons at the end of the heading. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.head}>
        <h3 id={id}>{title}</h3>
        {note && <span className={css.note}>{note}</span>}
        {actions}
      </div>
      {children}
    </section>
  );
}
