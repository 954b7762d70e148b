var e=[["/embed/leaderboard/",640,"laurel-leaderboard","rai-leaderboard-widget"]];window.laurel=e;
