'use strict';

module.exports = function () {
  throw new Error('frame-socket does not work in the browser. Browser clients must use the native WebSocket object');
};
