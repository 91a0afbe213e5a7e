import { type ReactNode, useId } from 'react';
import css from './Section.module.css';

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.head}>
        <h3 id={id}>{title}</h3>
        {note && <span>{note}</span>}
      </div>
      {children}
    </section>
  );
}
