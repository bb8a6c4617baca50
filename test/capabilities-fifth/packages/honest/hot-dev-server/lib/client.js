(function () {
  var url = (self.location.protocol === "https:" ? "wss:" : "ws:") + "//" + self.location.host + "/ws";
  var retries = 0;
  var handlers = {
    "static-changed": function () {
      self.location.reload();
    },
    update: function (data) {
      fetch(data.path).then(function (r) {
        return r.text();
      }).then(function (code) {
        (0, eval)(code + "\n//# sourceURL=" + data.path);
      });
    },
    errors: function (errors) {
      console.error(errors.join("\n"));
    },
  };
  function connect() {
    var socket = new WebSocket(url);
    socket.onopen = function () {
      retries = 0;
    };
    socket.onmessage = function (e) {
      var message = JSON.parse(e.data);
      if (handlers[message.type]) handlers[message.type](message.data);
    };
    socket.onclose = function () {
      if (retries < 10) setTimeout(connect, 1000 * Math.pow(2, retries++) + Math.random() * 100);
    };
  }
  connect();
})();
