'use strict';
var global = require('./global');

var set = global.setImmediate;
var clear = global.clearImmediate;
var process = global.process;
var Dispatch = global.Dispatch;
var MessageChannel = global.MessageChannel;
var String = global.String;
var counter = 0;
var queue = {};
var ONREADYSTATECHANGE = 'onreadystatechange';
var $location, defer, channel, port;

var run = function (id) {
  if (Object.prototype.hasOwnProperty.call(queue, id)) {
    var fn = queue[id];
    delete queue[id];
    fn();
  }
};

var runner = function (id) {
  return function () {
    run(id);
  };
};

var eventListener = function (event) {
  run(event.data);
};

var globalPostMessageDefer = function (id) {
  // old engines have not location.origin
  global.postMessage(String(id), $location.protocol + '//' + $location.host);
};

if (!set || !clear) {
  set = function setImmediate(handler) {
    var fn = typeof handler == 'function' ? handler : Function(handler);
    var args = Array.prototype.slice.call(arguments, 1);
    queue[++counter] = function () {
      fn.apply(undefined, args);
    };
    defer(counter);
    return counter;
  };
  clear = function clearImmediate(id) {
    delete queue[id];
  };
  if (process && process.nextTick) {
    defer = function (id) {
      process.nextTick(runner(id));
    };
  } else if (MessageChannel) {
    channel = new MessageChannel();
    port = channel.port2;
    channel.port1.onmessage = eventListener;
    defer = port.postMessage.bind(port);
  } else if (global.addEventListener && typeof global.postMessage == 'function' && !global.importScripts) {
    $location = global.location;
    defer = globalPostMessageDefer;
    global.addEventListener('message', eventListener, false);
  } else if (ONREADYSTATECHANGE in global.document.createElement('script')) {
    defer = function (id) {
      var html = global.document.documentElement;
      html.appendChild(global.document.createElement('script'))[ONREADYSTATECHANGE] = function () {
        html.removeChild(this);
        run(id);
      };
    };
  } else {
    defer = function (id) {
      setTimeout(runner(id), 0);
    };
  }
}

module.exports = { set: set, clear: clear };
