import './base.css';
import './tables.css';
import './cards.css';
import './figures.css';
import './panel.css';
