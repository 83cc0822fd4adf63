/** Runs: created once by their client's id, found, listed, ended. */
export { create } from './create.ts';
export { byIds, get } from './find.ts';
export { list } from './list.ts';
export { archive, edit, finish, remove, tag } from './change.ts';
export { parents } from './parents.ts';
export { rewind } from './rewind.ts';
export { groups } from './groups.ts';
export { measuresOf, statisticsOf } from './values.ts';
export { seriesOf } from './RunValue.ts';
