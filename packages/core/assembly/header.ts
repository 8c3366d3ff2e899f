/** Word number `index` of a job's header. */
export function word(job: usize, index: usize): u32 {
  return load<u32>(job + (index << 2));
}
