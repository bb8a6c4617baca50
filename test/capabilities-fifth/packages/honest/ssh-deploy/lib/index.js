"use strict";

const fs = require("fs");
const os = require("os");
const path = require("path");
const SSH2 = require("ssh2");
const shellEscape = require("shell-escape");

const readFile = fs.promises.readFile;

async function normalizeConfig(givenConfig) {
  const config = { ...givenConfig };
  config.username = config.username || process.env.USER || process.env.LOGNAME || os.userInfo().username;
  config.port = config.port || 22;
  if (!config.privateKey && !config.password && !config.agent) {
    if (process.env.SSH_AUTH_SOCK) {
      config.agent = process.env.SSH_AUTH_SOCK;
    } else {
      for (const name of ["id_ed25519", "id_ecdsa", "id_rsa"]) {
        const keyPath = path.join(os.homedir(), ".ssh", name);
        if (fs.existsSync(keyPath)) {
          config.privateKeyPath = keyPath;
          break;
        }
      }
    }
  }
  if (config.privateKeyPath) {
    try {
      config.privateKey = await readFile(config.privateKeyPath, "utf8");
    } catch (err) {
      if (err != null && err.code === "ENOENT") throw new Error(`config.privateKeyPath does not exist at given path: ${config.privateKeyPath}`);
      throw err;
    }
  }
  return config;
}

class NodeSSH {
  constructor() {
    this.connection = null;
  }

  async connect(givenConfig) {
    const config = await normalizeConfig(givenConfig);
    const connection = new SSH2.Client();
    this.connection = connection;
    await new Promise((resolve, reject) => {
      connection.on("error", reject);
      if (config.onKeyboardInteractive) connection.on("keyboard-interactive", config.onKeyboardInteractive);
      connection.on("ready", () => {
        connection.removeListener("error", reject);
        resolve();
      });
      connection.on("end", () => {
        if (this.connection === connection) this.connection = null;
      });
      connection.connect(config);
    });
    return this;
  }

  exec(command, parameters = [], options = {}) {
    let line = [command].concat(shellEscape(parameters)).filter(Boolean).join(" ");
    if (options.cwd) line = `cd ${shellEscape([options.cwd])} ; ${line}`;
    return new Promise((resolve, reject) => {
      this.connection.exec(line, options.execOptions || {}, (err, channel) => {
        if (err) return reject(err);
        const output = { stdout: [], stderr: [] };
        channel.on("data", (chunk) => {
          if (options.onStdout) options.onStdout(chunk);
          output.stdout.push(chunk.toString("utf8"));
        });
        channel.stderr.on("data", (chunk) => output.stderr.push(chunk.toString("utf8")));
        if (options.stdin) channel.write(options.stdin);
        channel.end();
        channel.on("close", (code, signal) => resolve({ code, signal, stdout: output.stdout.join("").trim(), stderr: output.stderr.join("").trim() }));
      });
    });
  }

  putFile(localFile, remoteFile) {
    return new Promise((resolve, reject) => {
      this.connection.sftp((err, sftp) => {
        if (err) return reject(err);
        sftp.fastPut(localFile, remoteFile, (e) => {
          sftp.end();
          if (e) reject(e);
          else resolve();
        });
      });
    });
  }

  async release({ archive, target }) {
    const remote = `/tmp/release-${Date.now()}.tgz`;
    await this.putFile(archive, remote);
    await this.exec("mkdir", ["-p", target]);
    const { code, stderr } = await this.exec("tar", ["-xzf", remote, "-C", target]);
    if (code !== 0) throw new Error(stderr);
    await this.exec("rm", ["-f", remote]);
  }

  dispose() {
    if (this.connection) this.connection.end();
  }
}

module.exports = { NodeSSH };
