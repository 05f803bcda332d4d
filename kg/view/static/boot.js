/* Runs in browsers of any age: says that the page is opening, or why it does not. */
(function () {
  var place = document.getElementById("app");
  place.textContent = "正在打开… Opening…";
  window.addEventListener("error", function () {
    if (!window.kg) {
      place.textContent =
        "这个浏览器太旧,画不出图。请用 Chromium 86、Firefox 91、Safari 15 或更新的浏览器打开;停用脚本后重新打开,会显示全部事实的表格。 " +
        "This browser is too old to draw the page. Use Chromium 86, Firefox 91, Safari 15 or newer; with scripts switched off the page shows a table of all facts.";
    }
  });
})();
