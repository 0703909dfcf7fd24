/** What is wrong with a file, without its name and without a stack. */
export function failureOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "this user may not";
    case "ENOSPC":
      return "the disk is full";
    default:
      return message;
  }
}
