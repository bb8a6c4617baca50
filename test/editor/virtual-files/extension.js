const fs = require('node:fs/promises');
const vscode = require('vscode');

/** Files of the disk under the scheme `testfs`, which nothing but VS Code's own API can read. */
const files = {
  onDidChangeFile: new vscode.EventEmitter().event,
  watch: () => new vscode.Disposable(() => undefined),
  stat: ({ path }) => found(path, async () => statOf(await fs.stat(path))),
  readDirectory: ({ path }) =>
    found(path, async () => {
      const items = await fs.readdir(path, { withFileTypes: true });
      return items.map((item) => [item.name, typeOf(item)]);
    }),
  readFile: ({ path }) => found(path, () => fs.readFile(path)),
  writeFile: ({ path }, content) => fs.writeFile(path, content),
  createDirectory: ({ path }) => fs.mkdir(path),
  delete: ({ path }) => fs.rm(path),
  rename: (from, to) => fs.rename(from.path, to.path),
};

async function found(path, read) {
  try {
    return await read();
  } catch {
    throw vscode.FileSystemError.FileNotFound(path);
  }
}

function statOf(stats) {
  return { type: typeOf(stats), ctime: stats.ctimeMs, mtime: stats.mtimeMs, size: stats.size };
}

function typeOf(item) {
  return item.isDirectory() ? vscode.FileType.Directory : vscode.FileType.File;
}

exports.activate = (context) => {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('testfs', files));
};
