((w, d, s, u) => {
  w.yingda =
    w.yingda ||
    function () {
      (w.yingda.q = w.yingda.q || []).push(arguments);
    };
  var e = d.createElement(s);
  e.async = 1;
  e.src = u;
  d.head.appendChild(e);
})(window, document, 'script', '/widget.js');
