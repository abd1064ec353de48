# ruff: noqa: RUF001 - Cyrillic words hold letters that look like Latin ones
"""The words of posts that ask about a trade, or trade in what is no item, written as in ``vocabulary``."""

from gpo_market.language.roles import Role

QUESTION_PHRASES: dict[Role, str] = {
    Role.CASH: """
robux; rbx; robuxs; bobux; r$; paypal; pay pal; cashapp; cash app; venmo; zelle; gcash; real money;
irl money; usd; dollars; dollar; bucks; eur; euro; euros; gbp; pounds; pix; reais; real life money;
crypto; bitcoin; btc; ltc; usdt; eth; nitro; discord nitro; gift card; giftcard; gift cards; giftcards;
gamepass; gamepasses; steam; vbucks; crosstrade; cross trade; crosstrading; cross trading; cross-trade;
xtrade; other games; robux only;
dinheiro real; dolares; dinero real;
робуксы; робуксов; робукс; рублей; рубли; руб; доллары; долларов; деньги;
for real money; for real life money; gpay; google pay; apple pay; upi; revolut
""",
    Role.SERVICE: """
carry; carries; carrying; carried; carry service; boost; boosts; boosting; boosted; booster;
leveling service; power leveling; powerleveling; powerlevel; level you; lvl you; leveling you;
account leveling; raid service; raid services; raids service; services; service; boss runs; doing runs;
doing raids; grind for you; grinding for you; grind for u; farm for you; farm for u; farming for you;
farming for u; hunting service; will farm; hosting raids; doing carries; carrego; carregando; upo conta;
servico; servicio; servicios; carreo;
фарм на заказ; буст; прокачка; прокачаю;
per run; per raid; / run; / raid; / hr; / hour; per hour; per carry; boss carry; raid carry; lf carry;
need a carry; boost me; carry me; carry you; carry u; carry ppl; carry people; level up service; account
boost; farming service; hire me;
grind levels; grind levels for; max ur account; max your account; max ur acc; max your acc;
farming for people; farming for ppl
""",
    Role.ASK: """
w/f/l; w / f / l; wfl; w f l; w,f,l; w/l/f; wlf; w/l; w or l; l or w; l/w; w or f or l; w or f; f or w;
f/w/l; w|f|l; w|l; w?; l?; big w?; w trade?; l trade?; win or lose; win or loss; win/lose; win/loss;
win lose; win fair lose; win/fair/lose; win/fair/loss; win?; lose?; loss?; lose or win; is it fair;
is this fair; is that fair; is this a fair; is that a fair; this fair; fair?; fair trade?; fair or not;
fair or no; fair or unfair; fair or w; is it good; is this good; is that good; is this w; is this a w;
is it w; is it a w; is that w; is that a w; is this l; is this a l; is this an l; good trade?;
good deal?; bad trade?; good?; is it worth; worth it?; take it?; take it or no; take it or not; take?;
should i; shld i; should i take; should i accept; do i take; do i accept; accept?; would you; would u;
would yall; wdyt; wdym fair; thoughts?; opinions?; rate this; rate trade; who wins; who won; who w;
who l; did i win; did i w; did i l; did i lose; overpay?; op?; underpay?; up?; how much; how many;
howmuch; hm for; value of; values of; price of; prices of; price for; value for; value?; price?;
prices?; value check; am i {dumb,stupid,crazy,wrong,tripping,trippin} for; {which,what} {to,should i,do i,
would u,would you} {eat,use,keep,main,store,roll};
was that {good,bad,dumb,worth}; price on; prices on; value on;
values on; price check; pc?; vc?; whats the value;
what is the value; whats the price;
what is the price; what value; what price; going for; goin for; what can i get; what could i get;
what do i get; what should i get; what would i get; what to ask; what would you; what would u; is worth;
whats worth; are worth; worth?; how is; is this overpay; is it overpay; vale a pena; quanto vale;
quanto ta; quanto custa; qual o valor; valor?; justo?; e justo; ta justo; valeu a pena; cuanto vale;
cuanto cuesta; que vale; es justo; vale la pena; cuanto por; que tal; valor de; precio de;
сколько стоит; сколько стоят; сколько за; почем; какая цена; цена?; честно?; выгодно?; выгодно ли;
норм?; стоит ли; норм трейд?;
rate:; rate my trade; rate the trade; rate this trade; overpay or not; op or not; overpay or no; op or
no; good or bad; bad or good; good or not; good or no; worth or not; w or not; overpay or underpay;
underpay or overpay; over or under; is it ok; is that ok; is this ok; huge w?; fat w?; big l?; good
offer?; bad offer?; decent?; reasonable?; fair price?; fair value?; is it a fair; would that be fair;
would this be fair; is it a good; is this a good; is that a good; am i overpaying; am i getting scammed;
did i get scammed; did i overpay; am i lowballing; is this lowball; is that lowball; is it lowball;
lowball?; what is fair for; whats fair for; how much is; how much are; whats a good price; worth more;
worth it or no; worth it or not; win lose or fair; lose or win or fair; is this win; is it win; e bom?;
compensa?; vale?; ta bom?; es bueno?; conviene?;
goes for; opinions on; opinion on; thoughts on; thoughts about; opinions about; opinions; what yall
think; what do yall think; what do you think; what do u think; what u think; l or not; win or nah; w or
nah; who is winning; whos winning; who winning; who took the w; who got the w; who took the l; who lost;
any w; did he win; did they win; did i scam; was this a w; was this fair; was it fair; was this w; was
it a w; was that a w; was that fair; did i get a w; do u think; do you think; am i winning; did i get
ripped off; am i stupid for;
wfl anyone; wfl anyone?; w or l anyone; sitting at; quanto ta valendo; ta valendo; ta valendo quanto;
quanto esta; cuanto piden; cuanto piden por; cuanto dan; cuanto dan por; is anyone paying more than;
fair or nah; fair or nope; a good trade; a good deal; a bad trade; a bad deal; if this is fair; if thats fair;
if its fair; if this is good; if this is a w; if this is w; thats fair?; that fair?; good or nah; w or nah?;
worth
or nah; would u guys take; would you guys take; would yall take; what can a; what can an; which is worth more;
anyone know how much;
is a w?; is a l?; is an l?; is a win?; is a loss?; a w?; a l?; an l?; a win?; a loss?; a big w?; in value;
whats a fair offer for; whats a good offer for; what is a fair offer for; whats a fair trade for
""",
    Role.WORTH: """
worth; value; valued; vale; valor;
стоит
""",
    Role.PERHAPS_ASK: """
vc; pc; fair;
a w; a l; an l; a win; a loss; a big w; a big l; a steal; a ripoff; too much; too low; too high
""",
}
"""What asks for real money, services, values and judgement."""
