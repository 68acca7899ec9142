// Built-ins only: it is asked before any dependency is there.
import { userInfo } from "node:os";

const ELSEWHERE = "or choose another data folder: REGULARS_HOME=<folder> npm start";

/**
 * What to do about a file or folder that cannot be used, for whoever starts us; undefined where an error tells of something else.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function unusable(error) {
  if (!(error instanceof Error) || !("path" in error) || typeof error.path !== "string" || !("code" in error))
    return undefined;
  const { path } = error;
  switch (error.code) {
    case "EACCES":
    case "EPERM":
      return `${path} cannot be used by ${user()}: it is another user's, or protected. Give it to this user (chown -R), start as its own user, ${ELSEWHERE}`;
    case "EROFS":
      return `${path} lies where nothing can be written. Make it writable, ${ELSEWHERE}`;
    case "ENOTDIR":
    case "EEXIST":
      return `${path} cannot be reached: a file stands where a folder should be. Move it away, ${ELSEWHERE}`;
    case "ENOSPC":
    case "EDQUOT":
      return `${path} cannot be written: the disk is full. Free some space and start again: nothing that was acknowledged is lost.`;
    default:
      return undefined;
  }
}

function user() {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? ""}`.trim(); // some containers have users without a name
  }
}
