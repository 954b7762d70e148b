/* htmx 4.0.1, BSD Zero Clause, https://htmx.org */
(()=>{var e=[["/embed/leaderboard/",640,"laurel-leaderboard","rai-leaderboard-widget"]];window.laurel=e;})();
