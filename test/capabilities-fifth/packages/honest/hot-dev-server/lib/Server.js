"use strict";

const os = require("os");
const path = require("path");
const http = require("http");
const https = require("https");
const fs = require("fs");
const net = require("net");

class Server {
  constructor(options = {}) {
    this.options = { port: process.env.PORT || 8080, static: "public", ...options };
    this.sockets = [];
  }

  static internalIP(family) {
    return Object.values(os.networkInterfaces()).flatMap((n) => n ?? []).filter((n) => n && n.address && !n.internal && (n.family === family || n.family === 4)).map((n) => n.address)[0];
  }

  static async getFreePort(port, host) {
    for (let p = Number(port); p < 65536; p++) {
      const free = await new Promise((resolve) => {
        const s = net.createServer();
        s.once("error", () => resolve(false));
        s.listen(p, host, () => s.close(() => resolve(true)));
      });
      if (free) return p;
    }
    throw new Error("No open ports available");
  }

  getHttpsOptions() {
    const dir = path.join(process.cwd(), "node_modules/.cache/hot-dev-server");
    const file = path.join(dir, "server.pem");
    let certificateExists = fs.existsSync(file);
    if (certificateExists) {
      const stat = fs.statSync(file);
      if ((Date.now() - stat.ctimeMs) / 86400000 > 30) {
        fs.rmSync(file);
        certificateExists = false;
      }
    }
    if (!certificateExists) {
      const pems = require("selfsigned").generate([{ name: "commonName", value: "localhost" }], { algorithm: "sha256", days: 30, keySize: 2048 });
      fs.mkdirSync(dir, { recursive: true });
      fs.writeFileSync(file, pems.private + pems.cert, { encoding: "utf8" });
    }
    const pem = fs.readFileSync(file);
    return { key: pem, cert: pem };
  }

  handler(req, res) {
    const url = new URL(req.url, "http://localhost");
    if (url.pathname === "/__open-editor") {
      require("launch-editor")(url.searchParams.get("file"));
      res.end();
      return;
    }
    if (url.pathname === "/__client.js") {
      res.setHeader("Content-Type", "application/javascript");
      fs.createReadStream(path.join(__dirname, "client.js")).pipe(res);
      return;
    }
    const file = path.join(path.resolve(this.options.static), path.normalize(url.pathname));
    if (!file.startsWith(path.resolve(this.options.static))) {
      res.statusCode = 403;
      res.end("Forbidden");
      return;
    }
    fs.createReadStream(file).on("error", () => {
      res.statusCode = 404;
      res.end("Not found");
    }).pipe(res);
  }

  async start() {
    const { Server: WebSocketServer } = require("ws");
    const chokidar = require("chokidar");
    this.options.port = await Server.getFreePort(this.options.port, this.options.host);
    this.server = this.options.https ? https.createServer(this.getHttpsOptions(), this.handler.bind(this)) : http.createServer(this.handler.bind(this));
    if (this.options.proxy) {
      const { createProxyMiddleware } = require("http-proxy-middleware");
      this.proxy = createProxyMiddleware(this.options.proxy);
    }
    this.ws = new WebSocketServer({ server: this.server, path: "/ws" });
    this.ws.on("connection", (socket) => this.sockets.push(socket));
    this.watcher = chokidar.watch(this.options.static, { ignoreInitial: true });
    this.watcher.on("change", (file) => this.send("static-changed", file));
    await new Promise((resolve) => this.server.listen(this.options.port, this.options.host, resolve));
    console.log(`Loopback: http://localhost:${this.options.port}/`);
    const ip = Server.internalIP("IPv4");
    if (ip) console.log(`On Your Network (IPv4): http://${ip}:${this.options.port}/`);
    if (this.options.open) (await import("open")).default(`http://localhost:${this.options.port}`);
  }

  send(type, data) {
    for (const s of this.sockets) if (s.readyState === 1) s.send(JSON.stringify({ type, data }));
  }

  stop(cb) {
    if (this.watcher) this.watcher.close();
    this.server.close(cb);
  }
}

module.exports = Server;
