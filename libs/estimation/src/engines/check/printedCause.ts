/** What a native library printed before it failed: often the only place where it says why. */

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
/** Time, file and severity, as the loggers of ONNX Runtime and TensorFlow put them before a message. */
const prefix = /^\s*\d{4}-\d\d-\d\d[ T][\d:.]+:?\s+(\[\w:[^\]]*\]\s*)?([IWEF]\s+)?(\S+:\d+\]?:?\s*)?/;
const complaint =
  /error|could not|couldn't|cannot|can't|failed|failure|unable|not found|no such|no .*device|mismatch|insufficient/i;
const maxLength = 160;

/** The first line that says what is wrong, without what loggers put before it; null where nothing was printed that does. */
export function printedCause(printed: string): string | null {
  const lines = printed
    .split('\n')
    .map((line) => line.replace(colours, '').replace(prefix, '').replace(/\s+/g, ' ').trim());
  const cause = lines.find((line) => complaint.test(line));
  if (cause === undefined) return null;
  return cause.length > maxLength ? `${cause.slice(0, maxLength - 1)}…` : cause;
}
